/** Binary forms of the model: what crosses a network or sits in state, one codec per type. */
package oht50.metrics.wire;
