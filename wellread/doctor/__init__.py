"""What is wrong with an installation or an index, and the command that mends it."""
