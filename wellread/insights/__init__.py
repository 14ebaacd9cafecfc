"""What readers could not find: counts, and questions that many asked, kept only where a library turns it on."""
