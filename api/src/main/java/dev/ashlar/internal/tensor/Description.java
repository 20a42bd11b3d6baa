// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.internal.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** What a tensor is and how it came about, in a few lines; computes nothing. */
final class Description {
    private static final int DEPTH = 3;

    private Description() {}

    static String of(TensorImpl tensor) {
        StringBuilder text = new StringBuilder();
        text.append("shape    ").append(tensor.shape()).append(", ").append(tensor.numel()).append(" elements, ")
                .append(tensor.numel() * tensor.dtype().bytes()).append(" bytes\n");
        text.append("dtype    ").append(tensor.dtype()).append('\n');
        text.append("device   ").append(tensor.device().name()).append('\n');
        text.append("layout   ").append(layout(tensor)).append('\n');
        text.append("gradient ").append(gradient(tensor)).append('\n');
        text.append("history  ");
        if (tensor.isLeaf()) {
            text.append("none: made by the user, or computed without gradient rules");
        } else {
            history(text, tensor.edge(), DEPTH, "\n           ");
        }
        return text.toString();
    }

    private static String layout(TensorImpl tensor) {
        Node node = tensor.value();
        String place;
        if (node.isScalar()) {
            place = "a number that the host knows";
        } else if (node.isComputed()) {
            place = "row-major in memory";
        } else {
            place = "pending: " + node.recipe();
        }
        return place + (tensor.isMovement() ? "; a movement, which has no memory of its own" : "");
    }

    private static String gradient(TensorImpl tensor) {
        List<String> parts = new ArrayList<>();
        parts.add(tensor.requiresGrad() ? tensor.isLeaf() ? "required, a leaf" : "flows through" : "not required");
        if (tensor.gradOrNull() != null) {
            parts.add("one is there");
        }
        if (tensor.isInference()) {
            parts.add("an inference tensor");
        }
        return String.join(", ", parts);
    }

    private static void history(StringBuilder text, History history, int depth, String indent) {
        text.append(history.name());
        if (history.site != null) {
            text.append(" at ").append(history.site);
        }
        if (history instanceof History.Output output) {
            text.append(", result ").append(output.place());
            inputs(text, output.joint(), depth, indent);
            return;
        }
        inputs(text, history, depth, indent);
    }

    private static void inputs(StringBuilder text, History history, int depth, String indent) {
        int place = 0;
        for (History next : history.next()) {
            text.append(indent).append("input ").append(place++).append(": ");
            if (next == null) {
                text.append("no gradient");
            } else if (depth == 0) {
                text.append(next.name()).append(next.next().length > 0 ? " ..." : "");
            } else {
                history(text, next, depth - 1, indent + "  ");
            }
        }
    }
}
