"""What people open: comparisons, data frames, workbooks, databases, files in DfE's shape, and a web report."""
