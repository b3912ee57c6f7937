/**
 * Model types to PostgreSQL. The natural-key tables travel through flink-connector-jdbc; rollups,
 * chunks, late points and transitions have writers of their own on its connections.
 */
package oht50.metrics.sink.postgres;
