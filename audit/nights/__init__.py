"""What the nights before tell, and what people decided and wrote since."""
