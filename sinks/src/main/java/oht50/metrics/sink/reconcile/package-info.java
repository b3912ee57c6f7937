/** Makes the topics of alerts agree with the table of transitions. */
package oht50.metrics.sink.reconcile;
