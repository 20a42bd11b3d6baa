// SPDX-License-Identifier: Apache-2.0
package dev.ashlar.internal.tensor;

import dev.ashlar.Generator;
import dev.ashlar.GridPadding;
import dev.ashlar.InterpolationMode;
import dev.ashlar.NormKind;
import dev.ashlar.Reduction;
import dev.ashlar.Tensor;
import dev.ashlar.type.DType;
import org.jspecify.annotations.Nullable;

/**
 * What operations compute in while a thread casts: a table as code. It is that of PyTorch's accelerators, on every device. Overloads that
 * are not here lead to those that are; convolutions and einsum ask {@link Casting} themselves; all others take operands as they come.
 *
 * @see <a href="https://docs.pytorch.org/docs/stable/amp.html#autocast-op-reference">Autocast op reference</a>
 */
public sealed interface MixedPrecision extends Tensor permits TensorImpl {
    // ---- operands of 16 bits ----------------------------------------------------------------------------------------------------

    @Override
    default Tensor matmul(Tensor other) {
        return Casting.isOn() ? Casting.lower(x -> x[0].matmul(x[1]), this, other) : Tensor.super.matmul(other);
    }

    @Override
    default Tensor linear(Tensor weight, @Nullable Tensor bias) {
        return Casting.isOn() ? Casting.lower(x -> x[0].linear(x[1], x[2]), this, weight, bias) : Tensor.super.linear(weight, bias);
    }

    @Override
    default Tensor mm(Tensor other) {
        return Casting.isOn() ? Casting.lower(x -> x[0].mm(x[1]), this, other) : Tensor.super.mm(other);
    }

    @Override
    default Tensor bmm(Tensor other) {
        return Casting.isOn() ? Casting.lower(x -> x[0].bmm(x[1]), this, other) : Tensor.super.bmm(other);
    }

    @Override
    default Tensor mv(Tensor vector) {
        return Casting.isOn() ? Casting.lower(x -> x[0].mv(x[1]), this, vector) : Tensor.super.mv(vector);
    }

    @Override
    default Tensor addmm(Tensor mat1, Tensor mat2, double beta, double alpha) {
        return Casting.isOn()
                ? Casting.lower(x -> x[0].addmm(x[1], x[2], beta, alpha), this, mat1, mat2)
                : Tensor.super.addmm(mat1, mat2, beta, alpha);
    }

    @Override
    default Tensor addmv(Tensor mat, Tensor vec, double beta, double alpha) {
        return Casting.isOn()
                ? Casting.lower(x -> x[0].addmv(x[1], x[2], beta, alpha), this, mat, vec)
                : Tensor.super.addmv(mat, vec, beta, alpha);
    }

    @Override
    default Tensor addr(Tensor vec1, Tensor vec2, double beta, double alpha) {
        return Casting.isOn()
                ? Casting.lower(x -> x[0].addr(x[1], x[2], beta, alpha), this, vec1, vec2)
                : Tensor.super.addr(vec1, vec2, beta, alpha);
    }

    @Override
    default Tensor addbmm(Tensor batch1, Tensor batch2, double beta, double alpha) {
        return Casting.isOn()
                ? Casting.lower(x -> x[0].addbmm(x[1], x[2], beta, alpha), this, batch1, batch2)
                : Tensor.super.addbmm(batch1, batch2, beta, alpha);
    }

    @Override
    default Tensor baddbmm(Tensor batch1, Tensor batch2, double beta, double alpha) {
        return Casting.isOn()
                ? Casting.lower(x -> x[0].baddbmm(x[1], x[2], beta, alpha), this, batch1, batch2)
                : Tensor.super.baddbmm(batch1, batch2, beta, alpha);
    }

    @Override
    default Tensor vecdot(Tensor other, int dim) {
        return Casting.isOn() ? Casting.lower(x -> x[0].vecdot(x[1], dim), this, other) : Tensor.super.vecdot(other, dim);
    }

    @Override
    default Tensor prelu(Tensor weight) {
        return Casting.isOn() ? Casting.lower(x -> x[0].prelu(x[1]), this, weight) : Tensor.super.prelu(weight);
    }

    @Override
    default Tensor scaledDotProductAttention(
            Tensor key, Tensor value, @Nullable Tensor mask, double dropout, boolean causal, @Nullable Double scale,
            boolean sharedHeads, @Nullable Generator generator) {
        return Casting.isOn()
                ? Casting.lower(x -> x[0].scaledDotProductAttention(x[1], x[2], x[3], dropout, causal, scale, sharedHeads, generator),
                        this, key, value, mask)
                : Tensor.super.scaledDotProductAttention(key, value, mask, dropout, causal, scale, sharedHeads, generator);
    }

    // ---- float32 ----------------------------------------------------------------------------------------------------------------

    @Override
    default Tensor exp() {
        return Casting.isOn() ? Casting.single(x -> x[0].exp(), this) : Tensor.super.exp();
    }

    @Override
    default Tensor expm1() {
        return Casting.isOn() ? Casting.single(x -> x[0].expm1(), this) : Tensor.super.expm1();
    }

    @Override
    default Tensor log() {
        return Casting.isOn() ? Casting.single(x -> x[0].log(), this) : Tensor.super.log();
    }

    @Override
    default Tensor log1p() {
        return Casting.isOn() ? Casting.single(x -> x[0].log1p(), this) : Tensor.super.log1p();
    }

    @Override
    default Tensor log2() {
        return Casting.isOn() ? Casting.single(x -> x[0].log2(), this) : Tensor.super.log2();
    }

    @Override
    default Tensor log10() {
        return Casting.isOn() ? Casting.single(x -> x[0].log10(), this) : Tensor.super.log10();
    }

    @Override
    default Tensor pow(Tensor exponent) {
        return Casting.isOn() ? Casting.single(x -> x[0].pow(x[1]), this, exponent) : Tensor.super.pow(exponent);
    }

    @Override
    default Tensor pow(double exponent) {
        return Casting.isOn() ? Casting.single(x -> x[0].pow(exponent), this) : Tensor.super.pow(exponent);
    }

    @Override
    default Tensor reciprocal() {
        return Casting.isOn() ? Casting.single(x -> x[0].reciprocal(), this) : Tensor.super.reciprocal();
    }

    @Override
    default Tensor rsqrt() {
        return Casting.isOn() ? Casting.single(x -> x[0].rsqrt(), this) : Tensor.super.rsqrt();
    }

    @Override
    default Tensor erfinv() {
        return Casting.isOn() ? Casting.single(x -> x[0].erfinv(), this) : Tensor.super.erfinv();
    }

    @Override
    default Tensor tan() {
        return Casting.isOn() ? Casting.single(x -> x[0].tan(), this) : Tensor.super.tan();
    }

    @Override
    default Tensor asin() {
        return Casting.isOn() ? Casting.single(x -> x[0].asin(), this) : Tensor.super.asin();
    }

    @Override
    default Tensor acos() {
        return Casting.isOn() ? Casting.single(x -> x[0].acos(), this) : Tensor.super.acos();
    }

    @Override
    default Tensor sinh() {
        return Casting.isOn() ? Casting.single(x -> x[0].sinh(), this) : Tensor.super.sinh();
    }

    @Override
    default Tensor cosh() {
        return Casting.isOn() ? Casting.single(x -> x[0].cosh(), this) : Tensor.super.cosh();
    }

    @Override
    default Tensor softplus(double beta, double threshold) {
        return Casting.isOn() ? Casting.single(x -> x[0].softplus(beta, threshold), this) : Tensor.super.softplus(beta, threshold);
    }

    @Override
    default Tensor softmax(int dim) {
        return Casting.isOn() ? Casting.single(x -> x[0].softmax(dim), this) : Tensor.super.softmax(dim);
    }

    @Override
    default Tensor logSoftmax(int dim) {
        return Casting.isOn() ? Casting.single(x -> x[0].logSoftmax(dim), this) : Tensor.super.logSoftmax(dim);
    }

    @Override
    default Tensor logSumExp(int @Nullable [] dims, boolean keepDim) {
        return Casting.isOn() ? Casting.single(x -> x[0].logSumExp(dims, keepDim), this) : Tensor.super.logSumExp(dims, keepDim);
    }

    @Override
    default Tensor sum(int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn() ? Casting.single(x -> x[0].sum(dims, keepDim, dtype), this) : Tensor.super.sum(dims, keepDim, dtype);
    }

    @Override
    default Tensor prod(int dim, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn() ? Casting.single(x -> x[0].prod(dim, keepDim, dtype), this) : Tensor.super.prod(dim, keepDim, dtype);
    }

    @Override
    default Tensor cumsum(int dim, @Nullable DType dtype) {
        return Casting.isOn() ? Casting.single(x -> x[0].cumsum(dim, dtype), this) : Tensor.super.cumsum(dim, dtype);
    }

    @Override
    default Tensor cumprod(int dim, @Nullable DType dtype) {
        return Casting.isOn() ? Casting.single(x -> x[0].cumprod(dim, dtype), this) : Tensor.super.cumprod(dim, dtype);
    }

    @Override
    default Tensor norm(double p, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn() ? Casting.single(x -> x[0].norm(p, dims, keepDim, dtype), this) : Tensor.super.norm(p, dims, keepDim, dtype);
    }

    @Override
    default Tensor norm(NormKind kind, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].norm(kind, dims, keepDim, dtype), this)
                : Tensor.super.norm(kind, dims, keepDim, dtype);
    }

    @Override
    default Tensor vectorNorm(double ord, int @Nullable [] dims, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].vectorNorm(ord, dims, keepDim, dtype), this)
                : Tensor.super.vectorNorm(ord, dims, keepDim, dtype);
    }

    @Override
    default Tensor matrixNorm(double ord, int[] dims, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].matrixNorm(ord, dims, keepDim, dtype), this)
                : Tensor.super.matrixNorm(ord, dims, keepDim, dtype);
    }

    @Override
    default Tensor matrixNorm(NormKind kind, int[] dims, boolean keepDim, @Nullable DType dtype) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].matrixNorm(kind, dims, keepDim, dtype), this)
                : Tensor.super.matrixNorm(kind, dims, keepDim, dtype);
    }

    @Override
    default Tensor layerNorm(long[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].layerNorm(normalizedShape, x[1], x[2], epsilon), this, weight, bias)
                : Tensor.super.layerNorm(normalizedShape, weight, bias, epsilon);
    }

    @Override
    default Tensor groupNorm(long groups, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].groupNorm(groups, x[1], x[2], epsilon), this, weight, bias)
                : Tensor.super.groupNorm(groups, weight, bias, epsilon);
    }

    @Override
    default Tensor dist(Tensor other, double p) {
        return Casting.isOn() ? Casting.single(x -> x[0].dist(x[1], p), this, other) : Tensor.super.dist(other, p);
    }

    @Override
    default Tensor cdist(Tensor other, double p) {
        return Casting.isOn() ? Casting.single(x -> x[0].cdist(x[1], p), this, other) : Tensor.super.cdist(other, p);
    }

    @Override
    default Tensor pdist(double p) {
        return Casting.isOn() ? Casting.single(x -> x[0].pdist(p), this) : Tensor.super.pdist(p);
    }

    @Override
    default Tensor renorm(double p, int dim, double maxNorm) {
        return Casting.isOn() ? Casting.single(x -> x[0].renorm(p, dim, maxNorm), this) : Tensor.super.renorm(p, dim, maxNorm);
    }

    @Override
    default Tensor cosineSimilarity(Tensor other, int dim, double eps) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].cosineSimilarity(x[1], dim, eps), this, other)
                : Tensor.super.cosineSimilarity(other, dim, eps);
    }

    @Override
    default Tensor mseLoss(Tensor target, Reduction reduction) {
        return Casting.isOn() ? Casting.single(x -> x[0].mseLoss(x[1], reduction), this, target) : Tensor.super.mseLoss(target, reduction);
    }

    @Override
    default Tensor l1Loss(Tensor target, Reduction reduction) {
        return Casting.isOn() ? Casting.single(x -> x[0].l1Loss(x[1], reduction), this, target) : Tensor.super.l1Loss(target, reduction);
    }

    @Override
    default Tensor smoothL1Loss(Tensor target, Reduction reduction, double beta) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].smoothL1Loss(x[1], reduction, beta), this, target)
                : Tensor.super.smoothL1Loss(target, reduction, beta);
    }

    @Override
    default Tensor huberLoss(Tensor target, Reduction reduction, double delta) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].huberLoss(x[1], reduction, delta), this, target)
                : Tensor.super.huberLoss(target, reduction, delta);
    }

    @Override
    default Tensor nllLoss(Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].nllLoss(x[1], x[2], ignoreIndex, reduction), this, target, weight)
                : Tensor.super.nllLoss(target, weight, ignoreIndex, reduction);
    }

    @Override
    default Tensor crossEntropy(Tensor target, @Nullable Tensor weight, long ignoreIndex, Reduction reduction, double labelSmoothing) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].crossEntropy(x[1], x[2], ignoreIndex, reduction, labelSmoothing), this, target, weight)
                : Tensor.super.crossEntropy(target, weight, ignoreIndex, reduction, labelSmoothing);
    }

    @Override
    default Tensor multiMarginLoss(Tensor target, int p, double margin, @Nullable Tensor weight, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].multiMarginLoss(x[1], p, margin, x[2], reduction), this, target, weight)
                : Tensor.super.multiMarginLoss(target, p, margin, weight, reduction);
    }

    @Override
    default Tensor multilabelMarginLoss(Tensor target, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].multilabelMarginLoss(x[1], reduction), this, target)
                : Tensor.super.multilabelMarginLoss(target, reduction);
    }

    @Override
    default Tensor binaryCrossEntropy(Tensor target, @Nullable Tensor weight, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].binaryCrossEntropy(x[1], x[2], reduction), this, target, weight)
                : Tensor.super.binaryCrossEntropy(target, weight, reduction);
    }

    @Override
    default Tensor binaryCrossEntropyWithLogits(Tensor target, @Nullable Tensor weight, Reduction reduction, @Nullable Tensor posWeight) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].binaryCrossEntropyWithLogits(x[1], x[2], reduction, x[3]), this, target, weight, posWeight)
                : Tensor.super.binaryCrossEntropyWithLogits(target, weight, reduction, posWeight);
    }

    @Override
    default Tensor klDiv(Tensor target, Reduction reduction, boolean logTarget) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].klDiv(x[1], reduction, logTarget), this, target)
                : Tensor.super.klDiv(target, reduction, logTarget);
    }

    @Override
    default Tensor poissonNllLoss(Tensor target, boolean logInput, boolean full, double epsilon, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].poissonNllLoss(x[1], logInput, full, epsilon, reduction), this, target)
                : Tensor.super.poissonNllLoss(target, logInput, full, epsilon, reduction);
    }

    @Override
    default Tensor softMarginLoss(Tensor target, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].softMarginLoss(x[1], reduction), this, target)
                : Tensor.super.softMarginLoss(target, reduction);
    }

    @Override
    default Tensor hingeEmbeddingLoss(Tensor target, double margin, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].hingeEmbeddingLoss(x[1], margin, reduction), this, target)
                : Tensor.super.hingeEmbeddingLoss(target, margin, reduction);
    }

    @Override
    default Tensor marginRankingLoss(Tensor other, Tensor target, double margin, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].marginRankingLoss(x[1], x[2], margin, reduction), this, other, target)
                : Tensor.super.marginRankingLoss(other, target, margin, reduction);
    }

    @Override
    default Tensor cosineEmbeddingLoss(Tensor other, Tensor target, double margin, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].cosineEmbeddingLoss(x[1], x[2], margin, reduction), this, other, target)
                : Tensor.super.cosineEmbeddingLoss(other, target, margin, reduction);
    }

    @Override
    default Tensor tripletMarginLoss(
            Tensor positive, Tensor negative, double margin, double p, double epsilon, boolean swap, Reduction reduction) {
        return Casting.isOn()
                ? Casting.single(x -> x[0].tripletMarginLoss(x[1], x[2], margin, p, epsilon, swap, reduction), this, positive, negative)
                : Tensor.super.tripletMarginLoss(positive, negative, margin, p, epsilon, swap, reduction);
    }

    // ---- the widest type of the operands ----------------------------------------------------------------------------------------

    @Override
    default Tensor dot(Tensor other) {
        return Casting.isOn() ? Casting.widest(x -> x[0].dot(x[1]), this, other) : Tensor.super.dot(other);
    }

    @Override
    default Tensor vdot(Tensor other) {
        return Casting.isOn() ? Casting.widest(x -> x[0].vdot(x[1]), this, other) : Tensor.super.vdot(other);
    }

    @Override
    default Tensor cross(Tensor other, int dim) {
        return Casting.isOn() ? Casting.widest(x -> x[0].cross(x[1], dim), this, other) : Tensor.super.cross(other, dim);
    }

    @Override
    default Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
        return Casting.isOn()
                ? Casting.widest(x -> x[0].tensordot(x[1], dims, otherDims), this, other)
                : Tensor.super.tensordot(other, dims, otherDims);
    }

    @Override
    default Tensor bilinear(Tensor other, Tensor weight, @Nullable Tensor bias) {
        return Casting.isOn()
                ? Casting.widest(x -> x[0].bilinear(x[1], x[2], x[3]), this, other, weight, bias)
                : Tensor.super.bilinear(other, weight, bias);
    }

    @Override
    default Tensor addcmul(Tensor first, Tensor second, double value) {
        return Casting.isOn()
                ? Casting.widest(x -> x[0].addcmul(x[1], x[2], value), this, first, second)
                : Tensor.super.addcmul(first, second, value);
    }

    @Override
    default Tensor addcdiv(Tensor first, Tensor second, double value) {
        return Casting.isOn()
                ? Casting.widest(x -> x[0].addcdiv(x[1], x[2], value), this, first, second)
                : Tensor.super.addcdiv(first, second, value);
    }

    @Override
    default Tensor atan2(Tensor abscissa) {
        return Casting.isOn() ? Casting.widest(x -> x[0].atan2(x[1]), this, abscissa) : Tensor.super.atan2(abscissa);
    }

    @Override
    default Tensor gridSample(Tensor grid, InterpolationMode mode, GridPadding padding, boolean alignCorners) {
        return Casting.isOn()
                ? Casting.widest(x -> x[0].gridSample(x[1], mode, padding, alignCorners), this, grid)
                : Tensor.super.gridSample(grid, mode, padding, alignCorners);
    }

    @Override
    default Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        return Casting.isOn()
                ? Casting.widest(x -> x[0].scatterAdd(dim, x[1], x[2]), this, index, source)
                : Tensor.super.scatterAdd(dim, index, source);
    }
}
