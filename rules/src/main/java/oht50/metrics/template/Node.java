package oht50.metrics.template;

import java.util.List;

/** A part of a template's tree; it writes itself. */
interface Node {
  void write(TemplateRun run) throws TemplateFailure, LoopExit;

  /** The end of a pass through a {@code range}, or of all of it. */
  final class LoopExit extends Exception {
    private static final long serialVersionUID = 1L;

    final boolean isBreak;

    LoopExit(boolean isBreak) {
      super(null, null, false, false);
      this.isBreak = isBreak;
    }
  }

  /** Text that stands for itself. */
  record Literal(String text) implements Node {
    @Override
    public void write(TemplateRun run) {
      run.append(text);
    }
  }

  /** A value that is written, unless it goes into variables. */
  record Action(Pipeline pipeline) implements Node {
    @Override
    public void write(TemplateRun run) throws TemplateFailure {
      Object value = run.value(pipeline);
      if (pipeline.variables().isEmpty()) {
        run.append(GoText.ofAction(value));
      }
    }
  }

  /** {@code if}, or with {@code isWith} the same with the value as the dot. */
  record Condition(Pipeline pipeline, boolean isWith, List<Node> then, List<Node> otherwise)
      implements Node {
    @Override
    public void write(TemplateRun run) throws TemplateFailure, LoopExit {
      int mark = run.mark();
      Object value = run.value(pipeline);
      if (GoValues.isTrue(value)) {
        run.write(then, isWith ? value : run.dot());
      } else {
        run.write(otherwise, run.dot());
      }
      run.release(mark);
    }
  }

  /** {@code range}: once for each element. */
  record Loop(Pipeline pipeline, List<Node> body, List<Node> otherwise) implements Node {
    @Override
    public void write(TemplateRun run) throws TemplateFailure, LoopExit {
      int outer = run.mark();
      List<GoValues.Element> elements = GoValues.elements(run.valueOfRange(pipeline));
      if (elements.isEmpty()) {
        run.write(otherwise, run.dot());
      }
      for (GoValues.Element element : elements) {
        int mark = run.mark();
        run.setElement(pipeline, element);
        try {
          run.write(body, element.value());
        } catch (LoopExit exit) {
          if (exit.isBreak) {
            break;
          }
        } finally {
          run.release(mark);
        }
      }
      run.release(outer);
    }
  }

  /** {@code break} or {@code continue}. */
  record Leave(boolean isBreak) implements Node {
    @Override
    public void write(TemplateRun run) throws LoopExit {
      throw new LoopExit(isBreak);
    }
  }

  /** A definition in place; without a pipeline its dot is nil. */
  record Invocation(String name, Pipeline pipeline) implements Node {
    @Override
    public void write(TemplateRun run) throws TemplateFailure, LoopExit {
      run.invoke(name, pipeline == null ? null : run.value(pipeline));
    }
  }
}
