"""Every row accepted, refused or counted: the two passes, the quarantine, and the way back."""
