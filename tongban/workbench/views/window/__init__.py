"""Receiving (收件): find the item, take everything down on one page, receive it, hand out the receipt."""
