package oht50.metrics.source.host;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** A bounded queue between the thread that polls and the task, which waits by a future. */
final class Handover<T> {
  private final int capacity;
  private final ArrayDeque<T> elements = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();

  Handover(int capacity) {
    this.capacity = capacity;
  }

  /** False when full: the element is not taken. */
  boolean offer(T element) {
    CompletableFuture<Void> completed;
    synchronized (this) {
      if (elements.size() == capacity) {
        return false;
      }
      elements.add(element);
      completed = available;
    }
    completed.complete(null); // outside of the lock: it may run the task's continuation
    return true;
  }

  /** The next element, or null. */
  synchronized T poll() {
    T element = elements.poll();
    if (elements.isEmpty() && available.isDone()) {
      available = new CompletableFuture<>();
    }
    return element;
  }

  synchronized boolean isEmpty() {
    return elements.isEmpty();
  }

  /** Done when there is an element to take. */
  synchronized CompletableFuture<Void> available() {
    return available;
  }
}
