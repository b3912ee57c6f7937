/** Rows of a query as a table, CSV or JSON. */
package oht50.metrics.cli.output;
