"""What words say: figures, periods, measures, benchmarks and roles, in sentences and in table headings."""
