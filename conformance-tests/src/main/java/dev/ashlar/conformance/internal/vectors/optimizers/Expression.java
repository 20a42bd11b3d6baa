// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.conformance.internal.vectors.optimizers;

import dev.ashlar.type.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function of one number as Python writes it: arithmetic, comparisons, a few functions, {@code a if c else b}. */
final class Expression {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+(?:[eE][-+]?\\d+)?|[A-Za-z_][\\w.]*|\\*\\*|//|<=|>=|==|!=|[-+*/%()<>,])");

    private final List<String> tokens = new ArrayList<>();
    private final String text;
    private int at;

    private Expression(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.strip().length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end < text.stripTrailing().length()) {
            throw wrong();
        }
    }

    static DoubleUnaryOperator of(String text) {
        Expression parser = new Expression(text.replaceFirst("^\\s*lambda\\s+\\w+\\s*:", ""));
        DoubleUnaryOperator function = parser.choice();
        if (parser.at < parser.tokens.size()) {
            throw parser.wrong();
        }
        return function;
    }

    private InvalidArgumentException wrong() {
        return new InvalidArgumentException("[vectors] expected arithmetic with one variable, got '" + text + "'");
    }

    private boolean take(String token) {
        if (at < tokens.size() && tokens.get(at).equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw wrong();
        }
    }

    private DoubleUnaryOperator choice() {
        DoubleUnaryOperator yes = comparison();
        if (!take("if")) {
            return yes;
        }
        DoubleUnaryOperator condition = comparison();
        expect("else");
        DoubleUnaryOperator no = choice();
        return x -> condition.applyAsDouble(x) != 0 ? yes.applyAsDouble(x) : no.applyAsDouble(x);
    }

    private DoubleUnaryOperator comparison() {
        DoubleUnaryOperator left = sum();
        if (at >= tokens.size() || !tokens.get(at).matches("<=|>=|==|!=|<|>")) {
            return left;
        }
        String sign = tokens.get(at++);
        DoubleUnaryOperator right = sum();
        return x -> {
            int order = Double.compare(left.applyAsDouble(x), right.applyAsDouble(x));
            boolean holds = switch (sign) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "==" -> order == 0;
                default -> order != 0;
            };
            return holds ? 1 : 0;
        };
    }

    private DoubleUnaryOperator sum() {
        DoubleUnaryOperator left = product();
        while (true) {
            DoubleUnaryOperator first = left;
            if (take("+")) {
                DoubleUnaryOperator second = product();
                left = x -> first.applyAsDouble(x) + second.applyAsDouble(x);
            } else if (take("-")) {
                DoubleUnaryOperator second = product();
                left = x -> first.applyAsDouble(x) - second.applyAsDouble(x);
            } else {
                return left;
            }
        }
    }

    private DoubleUnaryOperator product() {
        DoubleUnaryOperator left = sign();
        while (true) {
            DoubleUnaryOperator first = left;
            if (take("*")) {
                DoubleUnaryOperator second = sign();
                left = x -> first.applyAsDouble(x) * second.applyAsDouble(x);
            } else if (take("/")) {
                DoubleUnaryOperator second = sign();
                left = x -> first.applyAsDouble(x) / second.applyAsDouble(x);
            } else if (take("//")) {
                DoubleUnaryOperator second = sign();
                left = x -> Math.floor(first.applyAsDouble(x) / second.applyAsDouble(x));
            } else if (take("%")) {
                DoubleUnaryOperator second = sign();
                left = x -> {
                    double divisor = second.applyAsDouble(x);
                    double value = first.applyAsDouble(x);
                    return value - divisor * Math.floor(value / divisor);
                };
            } else {
                return left;
            }
        }
    }

    private DoubleUnaryOperator sign() {
        if (take("-")) {
            DoubleUnaryOperator value = sign();
            return x -> -value.applyAsDouble(x);
        }
        return power();
    }

    private DoubleUnaryOperator power() {
        DoubleUnaryOperator base = atom();
        if (!take("**")) {
            return base;
        }
        DoubleUnaryOperator exponent = sign();
        return x -> Math.pow(base.applyAsDouble(x), exponent.applyAsDouble(x));
    }

    private DoubleUnaryOperator atom() {
        if (at >= tokens.size()) {
            throw wrong();
        }
        String token = tokens.get(at++);
        if (token.equals("(")) {
            DoubleUnaryOperator inner = choice();
            expect(")");
            return inner;
        }
        if (Character.isDigit(token.charAt(0)) || token.charAt(0) == '.') {
            double number = Double.parseDouble(token);
            return _ -> number;
        }
        if (token.equals("math.pi")) {
            return _ -> Math.PI;
        }
        if (take("(")) {
            List<DoubleUnaryOperator> arguments = new ArrayList<>(List.of(choice()));
            while (take(",")) {
                arguments.add(choice());
            }
            expect(")");
            return function(token.replace("math.", ""), arguments);
        }
        if (!Character.isLetter(token.charAt(0)) && token.charAt(0) != '_') {
            throw wrong();
        }
        return x -> x;
    }

    private DoubleUnaryOperator function(String name, List<DoubleUnaryOperator> arguments) {
        DoubleUnaryOperator first = arguments.getFirst();
        return switch (name) {
            case "min" -> x -> arguments.stream().mapToDouble(each -> each.applyAsDouble(x)).min().orElseThrow();
            case "max" -> x -> arguments.stream().mapToDouble(each -> each.applyAsDouble(x)).max().orElseThrow();
            case "abs", "fabs" -> first.andThen(Math::abs);
            case "sqrt" -> first.andThen(Math::sqrt);
            case "exp" -> first.andThen(Math::exp);
            case "log" -> first.andThen(Math::log);
            case "cos" -> first.andThen(Math::cos);
            case "sin" -> first.andThen(Math::sin);
            case "floor" -> first.andThen(Math::floor);
            case "int" -> first.andThen(value -> value < 0 ? Math.ceil(value) : Math.floor(value));
            case "float" -> first;
            case "pow" -> x -> Math.pow(first.applyAsDouble(x), arguments.get(1).applyAsDouble(x));
            default -> throw wrong();
        };
    }
}
