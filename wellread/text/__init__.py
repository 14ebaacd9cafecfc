"""Words, sentences and questions as plain text: what every other package builds on."""
