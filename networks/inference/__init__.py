"""What drives ties: networks compared with each other and with what people share, tested by permutation."""
