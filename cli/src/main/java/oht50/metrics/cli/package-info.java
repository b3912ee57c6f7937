/** The {@code ./oht50} command line: data on stdout, messages on stderr, one line per error. */
package oht50.metrics.cli;
