"""What each chapter shows: one module or folder a chapter, called by the notebook of the same name."""
