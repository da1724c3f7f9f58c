"""What may be handled where: lists and their batches, agreements between places, demand."""
