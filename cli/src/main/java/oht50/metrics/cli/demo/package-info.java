/** An invented fleet, so that a new instance has something to show. */
package oht50.metrics.cli.demo;
