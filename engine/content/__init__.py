"""What uploaded bytes are: their type by content, their soundness, when and where a photo was taken. Knows no database and no door."""
