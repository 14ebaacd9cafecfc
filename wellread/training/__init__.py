"""What is learned, from what, and how."""
