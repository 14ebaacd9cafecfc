"""Word documents: what a reader of the page sees, as HTML, and notes of all that was left out."""
