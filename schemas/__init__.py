"""What every table looks like, and how it is said: the nouns of the audit."""
