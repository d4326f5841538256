"""What a reader would take out of a clipping, told line by line by a trained model and judged box by box."""
