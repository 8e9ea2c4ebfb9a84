namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions
{
    [AttributeUsage(AttributeTargets.Method)]
    public abstract class BindingAttribute : Attribute
    {
        public BindingAttribute()
        {
        }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class InputBindingAttribute : BindingAttribute
    {
        public InputBindingAttribute()
        {
        }
    }

    [AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
    public abstract class OutputBindingAttribute : BindingAttribute
    {
        public OutputBindingAttribute()
        {
        }
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public abstract class TriggerBindingAttribute : BindingAttribute
    {
        public TriggerBindingAttribute()
        {
        }
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    [AttributeUsage(AttributeTargets.Method)]
    public class FunctionAttribute : Attribute
    {
        public FunctionAttribute(string name) => Name = name;

        public string Name { get; }
    }

    [AttributeUsage(AttributeTargets.Method)]
    public abstract class RetryAttribute : Attribute
    {
        public RetryAttribute()
        {
        }

        public int MaxRetryCount { get; set; }
    }

    public sealed class FixedDelayRetryAttribute : RetryAttribute
    {
        public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval)
        {
            if (!TimeSpan.TryParse(delayInterval, out var delay) || delay < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(delayInterval));
            (MaxRetryCount, DelayInterval) = (maxRetryCount, delayInterval);
        }

        public string DelayInterval { get; }
    }

    public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
    {
        public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
        {
            if (!TimeSpan.TryParse(minimumInterval, out var least) || least < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(minimumInterval));
            if (!TimeSpan.TryParse(maximumInterval, out var most) || most < TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(maximumInterval));
            if (least > most)
                throw new ArgumentException("The smallest interval is above the largest.", nameof(minimumInterval));
            (MaxRetryCount, MinimumInterval, MaximumInterval) = (maxRetryCount, minimumInterval, maximumInterval);
        }

        public string MinimumInterval { get; }

        public string MaximumInterval { get; }
    }
}
