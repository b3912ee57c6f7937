/** Flink's view of the codecs: the only package of this module that may import Flink. */
package oht50.metrics.typeinfo;
