/** Files of records: which are sent where, with which key, and at which time. */
package oht50.metrics.cli.replay;
