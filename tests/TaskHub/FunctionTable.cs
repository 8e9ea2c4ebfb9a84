using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Dunning.StandIns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.TaskHub;

/// <summary>The functions of an assembly, found by their attributes and called as the worker calls them.</summary>
internal sealed class FunctionTable(DataConverter converter)
{
    private readonly Dictionary<string, MethodInfo> _functions = new(StringComparer.OrdinalIgnoreCase);

    public void Add(Type type)
    {
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function)
                _functions.Add(function.Name, method);
    }

    public bool IsOrchestrator(string name) => Trigger<OrchestrationTriggerAttribute>(name) is not null;

    public bool IsActivity(string name) => Trigger<ActivityTriggerAttribute>(name) is not null;

    public Func<TaskOrchestrationContext, Task<object?>> Orchestrator(string name, IServiceProvider? services) => context =>
    {
        var method = _functions[name];
        var trigger = Trigger<OrchestrationTriggerAttribute>(name);
        var read = typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!;
        var arguments = method.GetParameters().Select(p => p == trigger
            ? context
            : read.MakeGenericMethod(p.ParameterType).Invoke(context, BindingFlags.DoNotWrapExceptions, null, null, null)).ToArray();
        return Call(method, Target(method, services), arguments);
    };

    public async Task<object?> RunActivity(string name, string? input, IServiceProvider? services, DurableTaskClient client)
    {
        var trigger = Trigger<ActivityTriggerAttribute>(name)!;
        return await Run(_functions[name], services, (p, _) => p == trigger ? converter.Deserialize(input, p.ParameterType) : p.ParameterType == typeof(DurableTaskClient) ? client : null);
    }

    /// <summary>Runs any function, as a test's own trigger: parameters are found by type among <paramref name="given"/>, the client apart.</summary>
    public Task<object?> Run(string name, IServiceProvider? services, DurableTaskClient client, params object[] given) =>
        Run(_functions[name], services, (p, _) => p.ParameterType == typeof(DurableTaskClient) ? client : given.FirstOrDefault(p.ParameterType.IsInstanceOfType));

    private ParameterInfo? Trigger<T>(string name)
        where T : Attribute =>
        _functions.TryGetValue(name, out var method) ? method.GetParameters().FirstOrDefault(p => p.GetCustomAttribute<T>() is not null) : null;

    private static async Task<object?> Run(MethodInfo method, IServiceProvider? services, Func<ParameterInfo, FunctionContext, object?> bind)
    {
        await using var scope = services?.CreateAsyncScope();
        object? result = null;
        var invocation = new Invocation(method, scope?.ServiceProvider ?? Nothing.Instance);
        var pipeline = services?.GetService<Pipeline>() ?? new Pipeline();
        await pipeline.Around(async context =>
        {
            var arguments = method.GetParameters().Select(p =>
                p.ParameterType == typeof(FunctionContext) ? context
                : p.ParameterType == typeof(CancellationToken) ? context.CancellationToken
                : bind(p, context)).ToArray();
            result = await Call(method, Target(method, context.InstanceServices), arguments);
        })(invocation);
        return result;
    }

    private static object? Target(MethodInfo method, IServiceProvider? services) =>
        method.IsStatic ? null : ActivatorUtilities.GetServiceOrCreateInstance(services ?? Nothing.Instance, method.DeclaringType!);

    private static async Task<object?> Call(MethodInfo method, object? target, object?[] arguments)
    {
        var returned = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (returned is not Task task)
            return returned;
        await task;
        return method.ReturnType.IsGenericType ? task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
    }

    private sealed class Nothing : IServiceProvider
    {
        public static readonly Nothing Instance = new();

        public object? GetService(Type serviceType) => null;
    }

    private sealed class Invocation(MethodInfo method, IServiceProvider services) : FunctionContext
    {
        public override string InvocationId => method.Name;

        public override string FunctionId => method.Name;

        public override TraceContext TraceContext { get; } = new NoTrace();

        public override BindingContext BindingContext { get; } = new NoBindings();

        public override Microsoft.Azure.Functions.Worker.RetryContext RetryContext { get; } = new NoRetry();

        public override IServiceProvider InstanceServices { get; set; } = services;

        public override FunctionDefinition FunctionDefinition { get; } = new Definition(method);

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override IInvocationFeatures Features { get; } = new FeatureList();
    }

    private sealed class Definition(MethodInfo method) : FunctionDefinition
    {
        public override ImmutableArray<FunctionParameter> Parameters => [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType))];

        public override string PathToAssembly => method.Module.FullyQualifiedName;

        public override string EntryPoint => $"{method.DeclaringType}.{method.Name}";

        public override string Id => Name;

        public override string Name => method.GetCustomAttribute<FunctionAttribute>()!.Name;

        public override IImmutableDictionary<string, BindingMetadata> InputBindings =>
            method.GetParameters().SelectMany(p => p.GetCustomAttributes().OfType<Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute>()
                .Select(a => (BindingMetadata)new Binding(p.Name!, a.GetType().Name))).ToImmutableDictionary(b => b.Name);

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
    }

    private sealed class Binding(string name, string attribute) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => char.ToLowerInvariant(attribute[0]) + attribute[1..^"Attribute".Length];

        public override BindingDirection Direction => BindingDirection.In;
    }

    private sealed class NoTrace : TraceContext
    {
        public override string TraceParent => "";

        public override string TraceState => "";
    }

    private sealed class NoBindings : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>();
    }

    private sealed class NoRetry : Microsoft.Azure.Functions.Worker.RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class FeatureList : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = [];

        public void Set<T>(T instance) => _features[typeof(T)] = instance!;

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
