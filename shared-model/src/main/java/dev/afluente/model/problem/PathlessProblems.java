package dev.afluente.model.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;

/** No document says which path was asked for: what is unknown and what is somebody else's must be the same bytes. */
@ApplicationScoped
public class PathlessProblems implements ProblemPostProcessor {
    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return problem.getStatusCode() < 400 || problem.getInstance() == null
                ? problem
                : HttpProblem.builder(problem).withInstance(null).build();
    }

    /** After the library's own, which adds the path. */
    @Override
    public int priority() {
        return -1;
    }
}
