"""Tongban (通办): government services filed where people are, decided where the power lies."""
