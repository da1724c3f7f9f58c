"""`tongban bench`: what the product reaches, as a share of what one round trip per act would reach on this machine."""
