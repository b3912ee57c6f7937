/** The reconciler of alerts, run by the job. */
package oht50.metrics.job.reconcile;
