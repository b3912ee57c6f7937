/** The schema: migrated, and described. */
package oht50.metrics.cli.db;
