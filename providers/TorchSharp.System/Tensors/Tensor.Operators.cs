using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => Aten.Call("add.Tensor", left, right);

        public static Tensor operator +(Tensor left, Scalar right) => Aten.Call("add.Scalar", left, right);

        public static Tensor operator +(Tensor left, int right) => Aten.Call("add.Scalar", left, (long)right);

        public static Tensor operator +(Tensor left, long right) => Aten.Call("add.Scalar", left, right);

        public static Tensor operator +(Tensor left, float right) => Aten.Call("add.Scalar", left, (double)right);

        public static Tensor operator +(Tensor left, double right) => Aten.Call("add.Scalar", left, right);

        public static Tensor operator +(Scalar left, Tensor right) => Aten.Call("add.Scalar", right, left);

        public static Tensor operator +(int left, Tensor right) => Aten.Call("add.Scalar", right, (long)left);

        public static Tensor operator +(long left, Tensor right) => Aten.Call("add.Scalar", right, left);

        public static Tensor operator +(float left, Tensor right) => Aten.Call("add.Scalar", right, (double)left);

        public static Tensor operator +(double left, Tensor right) => Aten.Call("add.Scalar", right, left);

        public static Tensor operator -(Tensor left, Tensor right) => Aten.Call("sub.Tensor", left, right);

        public static Tensor operator -(Tensor left, Scalar right) => Aten.Call("sub.Scalar", left, right);

        public static Tensor operator -(Tensor left, int right) => Aten.Call("sub.Scalar", left, (long)right);

        public static Tensor operator -(Tensor left, long right) => Aten.Call("sub.Scalar", left, right);

        public static Tensor operator -(Tensor left, float right) => Aten.Call("sub.Scalar", left, (double)right);

        public static Tensor operator -(Tensor left, double right) => Aten.Call("sub.Scalar", left, right);

        public static Tensor operator -(Scalar left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator -(int left, Tensor right) => Aten.Call("rsub.Scalar", right, (long)left);

        public static Tensor operator -(long left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator -(float left, Tensor right) => Aten.Call("rsub.Scalar", right, (double)left);

        public static Tensor operator -(double left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        public static Tensor operator *(Tensor left, Tensor right) => Aten.Call("mul.Tensor", left, right);

        public static Tensor operator *(Tensor left, Scalar right) => Aten.Call("mul.Scalar", left, right);

        public static Tensor operator *(Tensor left, int right) => Aten.Call("mul.Scalar", left, (long)right);

        public static Tensor operator *(Tensor left, long right) => Aten.Call("mul.Scalar", left, right);

        public static Tensor operator *(Tensor left, float right) => Aten.Call("mul.Scalar", left, (double)right);

        public static Tensor operator *(Tensor left, double right) => Aten.Call("mul.Scalar", left, right);

        public static Tensor operator *(Scalar left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        public static Tensor operator *(int left, Tensor right) => Aten.Call("mul.Scalar", right, (long)left);

        public static Tensor operator *(long left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        public static Tensor operator *(float left, Tensor right) => Aten.Call("mul.Scalar", right, (double)left);

        public static Tensor operator *(double left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        public static Tensor operator /(Tensor left, Tensor right) => Aten.Call("div.Tensor", left, right);

        public static Tensor operator /(Tensor left, Scalar right) => Aten.Call("div.Scalar", left, right);

        public static Tensor operator /(Tensor left, int right) => Aten.Call("div.Scalar", left, (long)right);

        public static Tensor operator /(Tensor left, long right) => Aten.Call("div.Scalar", left, right);

        public static Tensor operator /(Tensor left, float right) => Aten.Call("div.Scalar", left, (double)right);

        public static Tensor operator /(Tensor left, double right) => Aten.Call("div.Scalar", left, right);

        public static Tensor operator /(Scalar left, Tensor right) => OverReciprocal(left, right);

        public static Tensor operator /(int left, Tensor right) => OverReciprocal((long)left, right);

        public static Tensor operator /(long left, Tensor right) => OverReciprocal(left, right);

        public static Tensor operator /(float left, Tensor right) => OverReciprocal((double)left, right);

        public static Tensor operator /(double left, Tensor right) => OverReciprocal(left, right);

        public static Tensor operator %(Tensor left, Tensor right) => Aten.Call("remainder.Tensor", left, right);

        public static Tensor operator %(Tensor left, Scalar right) => Aten.Call("remainder.Scalar", left, right);

        public static Tensor operator %(Tensor left, int right) => Aten.Call("remainder.Scalar", left, (long)right);

        public static Tensor operator %(Tensor left, long right) => Aten.Call("remainder.Scalar", left, right);

        public static Tensor operator %(Tensor left, float right) => Aten.Call("remainder.Scalar", left, (double)right);

        public static Tensor operator %(Tensor left, double right) => Aten.Call("remainder.Scalar", left, right);

        public static Tensor operator -(Tensor tensor) => Aten.Call("neg", tensor);

        public static Tensor operator ==(Tensor left, Tensor right) => Aten.Call("eq.Tensor", left, right);

        public static Tensor operator ==(Tensor left, Scalar right) => Aten.Call("eq.Scalar", left, right);

        public static Tensor operator ==(Scalar left, Tensor right) => Aten.Call("eq.Scalar", right, left);

        public static Tensor operator !=(Tensor left, Tensor right) => Aten.Call("ne.Tensor", left, right);

        public static Tensor operator !=(Tensor left, Scalar right) => Aten.Call("ne.Scalar", left, right);

        public static Tensor operator !=(Scalar left, Tensor right) => Aten.Call("ne.Scalar", right, left);

        public static Tensor operator <(Tensor left, Tensor right) => Aten.Call("lt.Tensor", left, right);

        public static Tensor operator <(Tensor left, Scalar right) => Aten.Call("lt.Scalar", left, right);

        public static Tensor operator <(Scalar left, Tensor right) => Aten.Call("gt.Scalar", right, left);

        public static Tensor operator <=(Tensor left, Tensor right) => Aten.Call("le.Tensor", left, right);

        public static Tensor operator <=(Tensor left, Scalar right) => Aten.Call("le.Scalar", left, right);

        public static Tensor operator <=(Scalar left, Tensor right) => Aten.Call("ge.Scalar", right, left);

        public static Tensor operator >(Tensor left, Tensor right) => Aten.Call("gt.Tensor", left, right);

        public static Tensor operator >(Tensor left, Scalar right) => Aten.Call("gt.Scalar", left, right);

        public static Tensor operator >(Scalar left, Tensor right) => Aten.Call("lt.Scalar", right, left);

        public static Tensor operator >=(Tensor left, Tensor right) => Aten.Call("ge.Tensor", left, right);

        public static Tensor operator >=(Tensor left, Scalar right) => Aten.Call("ge.Scalar", left, right);

        public static Tensor operator >=(Scalar left, Tensor right) => Aten.Call("le.Scalar", right, left);

        public static Tensor operator &(Tensor left, Tensor right) => Aten.Call("bitwise_and.Tensor", left, right);

        public static Tensor operator |(Tensor left, Tensor right) => Aten.Call("bitwise_or.Tensor", left, right);

        public static Tensor operator ^(Tensor left, Tensor right) => Aten.Call("bitwise_xor.Tensor", left, right);

        public static Tensor operator ~(Tensor left) => Aten.Call("bitwise_not", left);

        // The number, not a tensor, is the better match wherever both would do.
        public static implicit operator Tensor(Scalar scalar) => Aten.Call("scalar_tensor", scalar, scalar.Type);

        public static implicit operator Tensor(byte value) => tensor(value);

        public static implicit operator Tensor(int value) => tensor(value);

        public static implicit operator Tensor(long value) => tensor(value);

        public static implicit operator Tensor(float value) => tensor(value);

        public static implicit operator Tensor(double value) => tensor(value);

        public static implicit operator Tensor(bool value) => tensor(value);

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        // number / tensor, as libtorch itself computes it.
        private static Tensor OverReciprocal(Argument left, Tensor right)
        {
            using Tensor inverse = Aten.Call("reciprocal", right);
            return Aten.Call("mul.Scalar", inverse, left);
        }
    }
}
