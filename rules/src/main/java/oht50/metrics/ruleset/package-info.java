/**
 * The rules of an installation and how they change: sets of files, each valid from a tick on, and
 * the plans that follow from all that are still of interest.
 */
package oht50.metrics.ruleset;
