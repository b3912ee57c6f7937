package oht50.metrics.cli.output;

/** How rows become text; every format ends with a line break. */
public enum RowFormat {
  TABLE {
    @Override
    public String print(Rows rows) {
      return AlignedTable.print(rows);
    }
  },
  CSV {
    @Override
    public String print(Rows rows) {
      return Rfc4180.print(rows);
    }
  },
  JSON {
    @Override
    public String print(Rows rows) {
      return JsonRows.print(rows);
    }
  };

  public abstract String print(Rows rows);
}
