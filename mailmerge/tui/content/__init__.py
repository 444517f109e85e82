"""Values as text on the screen: pure functions, which run in any thread and touch no widget."""
