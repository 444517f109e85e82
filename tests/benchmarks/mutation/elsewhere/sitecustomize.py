"""What a process that a test starts does first: the mutant is in it, too."""

from mutation.instead import from_environment

from_environment()
