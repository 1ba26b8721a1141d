"""How the night goes, for those who run it: logs, health, messages, and what to mend."""
