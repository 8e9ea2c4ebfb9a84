using System.Text.Json;
using Azure.Core.Serialization;
using Dunning.StandIns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Middleware
{
    public delegate Task FunctionExecutionDelegate(FunctionContext context);

    public interface IFunctionsWorkerMiddleware
    {
        Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
    }
}

namespace Microsoft.Azure.Functions.Worker
{
    public interface IFunctionsWorkerApplicationBuilder
    {
        IServiceCollection Services { get; }

        IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware);
    }

    public class WorkerOptions
    {
        public ObjectSerializer? Serializer { get; set; }
    }
}

namespace Microsoft.Azure.Functions.Worker.Builder
{
    public class FunctionsApplication
    {
        public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
    }

    public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
    {
        private readonly HostApplicationBuilder _host;
        private readonly Pipeline _pipeline = new();
        private bool _built;

        internal FunctionsApplicationBuilder(string[]? args)
        {
            _host = Host.CreateApplicationBuilder(args);
            foreach (var console in _host.Services.Where(d => d.ImplementationType == typeof(ConsoleLoggerProvider)).ToList())
                _host.Services.Remove(console);
            _host.Services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
            _host.Services.AddOptions<WorkerOptions>().Configure<IOptions<JsonSerializerOptions>>(
                (options, json) => options.Serializer = new JsonObjectSerializer(json.Value));
            _host.Services.AddSingleton(_pipeline);
        }

        public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_host).Properties;

        public ConfigurationManager Configuration => _host.Configuration;

        IConfigurationManager IHostApplicationBuilder.Configuration => _host.Configuration;

        public IHostEnvironment Environment => _host.Environment;

        public ILoggingBuilder Logging => _host.Logging;

        public IMetricsBuilder Metrics => _host.Metrics;

        public IServiceCollection Services => _host.Services;

        public IHost Build()
        {
            if (_built)
                throw new InvalidOperationException("The application has already been built.");
            _built = true;
            return _host.Build();
        }

        public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
            where TContainerBuilder : notnull => _host.ConfigureContainer(factory, configure);

        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
        {
            if (_built)
                throw new InvalidOperationException("The application has already been built.");
            _pipeline.Add(middleware);
            return this;
        }
    }
}

namespace Microsoft.Extensions.Hosting
{
    public static class MiddlewareWorkerApplicationBuilderExtensions
    {
        public static IFunctionsWorkerApplicationBuilder UseMiddleware<T>(this IFunctionsWorkerApplicationBuilder builder)
            where T : class, IFunctionsWorkerMiddleware => builder.UseWhen<T>(_ => true);

        public static IFunctionsWorkerApplicationBuilder UseMiddleware(
            this IFunctionsWorkerApplicationBuilder builder, Func<FunctionContext, Func<Task>, Task> middleware) => builder.UseWhen(_ => true, middleware);

        public static IFunctionsWorkerApplicationBuilder UseWhen<T>(this IFunctionsWorkerApplicationBuilder builder, Func<FunctionContext, bool> predicate)
            where T : class, IFunctionsWorkerMiddleware
        {
            builder.Services.AddSingleton<T>();
            return builder.Use(next => context =>
                predicate(context) ? context.InstanceServices.GetRequiredService<T>().Invoke(context, next) : next(context));
        }

        public static IFunctionsWorkerApplicationBuilder UseWhen(
            this IFunctionsWorkerApplicationBuilder builder, Func<FunctionContext, bool> predicate, Func<FunctionContext, Func<Task>, Task> middleware) =>
            builder.Use(next => context => predicate(context) ? middleware(context, () => next(context)) : next(context));
    }
}

namespace Dunning.StandIns
{
    /// <summary>What a test runs in place of the worker's own loop: the middleware registered, around a function. Not part of the package.</summary>
    public sealed class Pipeline
    {
        private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

        public void Add(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => _middleware.Add(middleware);

        public FunctionExecutionDelegate Around(FunctionExecutionDelegate function) =>
            Enumerable.Reverse(_middleware).Aggregate(function, (next, middleware) => middleware(next));
    }
}
