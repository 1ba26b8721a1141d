"""How a run is shown: files, workbook and terminal; imports schemas only."""
