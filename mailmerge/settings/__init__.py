"""What config.toml and campaign.toml may say, whoever asks for a part of it."""
