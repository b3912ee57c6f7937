/** What was rejected, and the records it came from. */
package oht50.metrics.cli.rejects;
