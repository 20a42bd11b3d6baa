// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ashlar.Device;
import dev.ashlar.Tensor;
import dev.ashlar.nn.AbstractModule;
import dev.ashlar.nn.Buffer;
import dev.ashlar.nn.Embedding;
import dev.ashlar.nn.GELU;
import dev.ashlar.nn.Identity;
import dev.ashlar.nn.Linear;
import dev.ashlar.nn.ModuleDict;
import dev.ashlar.nn.ModuleList;
import dev.ashlar.nn.ParameterDict;
import dev.ashlar.nn.ParameterList;
import dev.ashlar.nn.ReLU;
import dev.ashlar.nn.Sequential;
import dev.ashlar.nn.Tanh;
import dev.ashlar.type.DType;
import dev.ashlar.type.IndexOutOfRangeException;
import dev.ashlar.type.InvalidArgumentException;
import dev.ashlar.type.ShapeMismatchException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Modules that hold others, and the ways through a tree of modules. */
final class ContainersTest {
    @Test
    void sequencesChange() {
        Linear linear = new Linear(2, 2);
        Sequential model = new Sequential(linear, new ReLU(), new Tanh());
        assertThat(model.slice(1, 9)).hasToString("Sequential(\n  (1): ReLU()\n  (2): Tanh()\n)");
        assertThat(model.slice(-1, 3).children()).containsOnlyKeys("2");
        model.insert(1, new GELU());
        assertThat(model.remove(0)).isSameAs(linear);
        assertThat(model).hasToString("Sequential(\n  (0): GELU(approximate='none')\n  (1): ReLU()\n  (2): Tanh()\n)");
        model.add(new ReLU()).add("head", new Identity()).insert(-1, linear).set(0, new Tanh());
        assertThat(model.children()).containsOnlyKeys("0", "1", "2", "3", "4", "head");
        assertThat(model.get(4)).isSameAs(linear).isSameAs(model.get("4"));
        assertThat(model.get(0)).isInstanceOf(Tanh.class);
        Tensor x = Tensor.ones(1, 2);
        Tensor expected = linear.forward(x.tanh().relu().tanh().relu());
        assertThat(model.forward(x).toFloatArray()).containsExactly(expected.toFloatArray());
        assertThat(model.parameters()).hasSize(2);
        assertThatThrownBy(() -> model.get(6)).isInstanceOf(IndexOutOfRangeException.class).hasMessageContaining("[-6, 5]");
    }

    @Test
    void aPartCanGrow() {
        Sequential part = new Sequential(new ReLU(), new Tanh(), new GELU()).slice(1, 3).add(new ReLU());
        assertThat(part.children()).containsOnlyKeys("1", "2", "3");
        assertThat(part.set(0, new Identity()).children()).containsOnlyKeys("1", "2", "3");
    }

    @Test
    void listsPrintAndLoadAsInPyTorch() {
        ModuleList<Linear> list = new ModuleList<>(new Linear(2, 2), new Linear(2, 2), new Linear(2, 3));
        assertThat(list).hasToString("""
                ModuleList(
                  (0-1): 2 x Linear(in_features=2, out_features=2, bias=True)
                  (2): Linear(in_features=2, out_features=3, bias=True)
                )""");
        assertThat(list.stateDict().keySet()).containsExactly("0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias");
        list.remove(1);
        assertThat(list.namedParameters().keySet()).containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
        assertThat(list.slice(1, 2).stateDict().keySet()).containsExactly("0.weight", "0.bias");
        assertThat(new ModuleList<Linear>()).hasToString("ModuleList()");
    }

    @Test
    void dictionariesKeepTheirOrder() {
        ModuleDict<Linear> dict = new ModuleDict<>();
        Linear first = dict.put("b", new Linear(1, 2));
        dict.put("a", new Linear(1, 3));
        Linear other = dict.put("b", new Linear(1, 4));
        assertThat(dict.asMap().keySet()).containsExactly("b", "a");
        assertThat(dict.get("b")).isSameAs(other).isNotSameAs(first);
        assertThat(dict.getParameter("b.weight").shape().size(0)).isEqualTo(4);
        assertThatThrownBy(() -> dict.get("c")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("[b, a]");
        assertThat(dict.remove("b")).isSameAs(other);
        assertThat(dict.stateDict()).containsOnlyKeys("a.weight", "a.bias");
    }

    @Test
    void parametersInContainers() {
        ParameterList list = new ParameterList(Tensor.zeros(2, 3), Tensor.ones(1));
        assertThat(list).hasToString("ParameterList(\n  (0): Parameter containing: [float32 of size [2, 3]]\n"
                + "  (1): Parameter containing: [float32 of size [1]]\n)");
        assertThat(list.get(-1).tensor().item()).isEqualTo(1);
        ParameterDict dict = new ParameterDict();
        dict.put("left", list.get(0));
        dict.put("right", Tensor.ones(4));
        assertThat(dict.parameters()).first().isSameAs(list.get(0));
        assertThat(dict.stateDict()).containsOnlyKeys("left", "right");
        dict.get("left").tensor().sum().backward();
        assertThat(list.get(0).gradOrNull()).isNotNull();
    }

    private static final class Positions extends AbstractModule {
        final Buffer table = registerBuffer("table", Tensor.arange(4).to(DType.FLOAT32), false);
        final Linear linear = register("linear", new Linear(4, 1));
    }

    @Test
    void buffersThatAreNoStateMoveOnly() {
        Positions module = new Positions();
        assertThat(module.stateDict().keySet()).containsExactly("linear.weight", "linear.bias");
        module.loadStateDict(new Positions().stateDict());
        module.to(DType.FLOAT64).to(Device.of("minimal"));
        assertThat(module.getBuffer("table")).isSameAs(module.table);
        assertThat(module.table.dtype()).isEqualTo(DType.FLOAT64);
        assertThat(module.table.device()).isEqualTo(Device.of("minimal"));
        assertThat(module.table.tensor().toDoubleArray()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void pathsLeadThroughTheTree() {
        Sequential model = new Sequential(new Sequential(new Linear(1, 1)), new ReLU());
        assertThat(model.getSubmodule("")).isSameAs(model);
        assertThat(model.getSubmodule("0.0")).isSameAs(((Sequential) model.get(0)).get(0));
        assertThat(model.getParameter("0.0.bias").shape().elements()).isEqualTo(1);
        assertThatThrownBy(() -> model.getParameter("0.0.gain")).isInstanceOf(InvalidArgumentException.class)
                .hasMessage("[getSubmodule] expected the path of a parameter, got '0.0.gain'; there is no 'gain' among [weight, bias]");
        assertThatThrownBy(() -> model.getSubmodule("0.7")).isInstanceOf(InvalidArgumentException.class).hasMessageContaining("[0]");
        assertThat(model.stateDict("model.").keySet()).containsExactly("model.0.0.weight", "model.0.0.bias");
    }

    @Test
    void tiedParametersAreOne() {
        Embedding table = new Embedding(5, 3);
        Linear output = new Linear(3, 5, false);
        Sequential model = new Sequential(table, output);
        output.tie("weight", table.getParameter("weight"));
        assertThat(model.parameters()).hasSize(1);
        assertThat(model.stateDict().keySet()).containsExactly("0.weight", "1.weight");
        assertThat(output.weight()).isSameAs(table.weight());
        model.to(DType.FLOAT64).to(Device.of("minimal"));
        assertThat(output.weight()).isSameAs(table.weight());
        Tensor numbers = Tensor.of(new long[] {0, 4}).to(Device.of("minimal"));
        Tensor logits = model.forward(numbers);
        Tensor rows = table.weight().detach();
        assertThat(logits.toDoubleArray()).containsExactly(rows.indexSelect(0, numbers).matmul(rows.t()).toDoubleArray(), within(1e-12));
        logits.sum().backward();
        double[] columns = rows.sum(0).toDoubleArray();
        double[] named = rows.indexSelect(0, numbers).sum(0).toDoubleArray();
        assertThat(table.weight().grad().select(0, 0).toDoubleArray()).containsExactly(
                new double[] {columns[0] + named[0], columns[1] + named[1], columns[2] + named[2]}, within(1e-12));
        assertThatThrownBy(() -> output.tie("weight", new Linear(2, 2).getParameter("weight"))).isInstanceOf(ShapeMismatchException.class)
                .hasMessageMatching("\\[tie] expected .+, got .+; .+");
    }

    @Test
    void groupsOfParameters() {
        Sequential model = new Sequential(new Linear(2, 2), new Linear(2, 2));
        assertThat(model.parameters((path, parameter) -> parameter.shape().rank() > 1)).hasSize(2);
        assertThat(model.parameters((path, parameter) -> path.startsWith("1."))).containsExactlyElementsOf(model.get(1).parameters());
    }

    @Test
    void frozenPartsGetNoGradients() {
        Linear lower = new Linear(2, 2).freeze();
        Linear upper = new Linear(2, 1);
        Sequential model = new Sequential(lower, upper);
        model.forward(Tensor.ones(1, 2)).sum().backward();
        assertThat(lower.parameters()).allSatisfy(parameter -> assertThat(parameter.gradOrNull()).isNull());
        assertThat(upper.parameters()).allSatisfy(parameter -> assertThat(parameter.gradOrNull()).isNotNull());
        lower.to(DType.FLOAT64);
        assertThat(lower.parameters()).noneMatch(parameter -> parameter.requiresGrad());
        model.unfreeze();
        assertThat(model.parameters()).allMatch(parameter -> parameter.requiresGrad());
    }

    @Test
    void nothingIsLoadedWhereOneNameDoesNotFit() {
        Sequential model = new Sequential(new Linear(2, 2), new Linear(2, 1));
        Map<String, Tensor> state = new LinkedHashMap<>(new Sequential(new Linear(2, 2), new Linear(2, 2)).stateDict());
        state.remove("0.bias");
        state.put("extra", Tensor.ones(1));
        List<float[]> before = model.parameters().stream().map(parameter -> parameter.tensor().toFloatArray()).toList();
        assertThatThrownBy(() -> model.loadStateDict(state)).isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("missing: 0.bias;").hasMessageContaining("unexpected: extra;")
                .hasMessageContaining("mis-shaped: 1.weight (expected [1, 2], got [2, 2]), 1.bias (expected [1], got [2]); load");
        assertThatThrownBy(() -> model.loadStateDict(state, false)).isInstanceOf(InvalidArgumentException.class);
        for (int i = 0; i < before.size(); i++) {
            assertThat(model.parameters().get(i).tensor().toFloatArray()).containsExactly(before.get(i));
        }
    }
}
