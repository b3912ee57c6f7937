/** Windows that have left state are computed anew from what is stored: the part that reads it. */
package oht50.metrics.job.repair;
