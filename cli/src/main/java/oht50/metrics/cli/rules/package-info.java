/** {@code ./oht50 rules}: rule files, their tests, and the tests of their language. */
package oht50.metrics.cli.rules;
