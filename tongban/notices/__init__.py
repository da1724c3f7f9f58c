"""What people who asked for it are owed to be told, and the mails that tell them."""
