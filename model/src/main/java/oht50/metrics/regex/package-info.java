/** What relabelling and rules share about regular expressions, which are RE2's. */
package oht50.metrics.regex;
